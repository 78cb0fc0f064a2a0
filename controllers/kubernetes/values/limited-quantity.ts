/**
 * The quantities of memory that settings and annotations accept: the forms of Kubernetes that are hard to misread. `M` is not
 * accepted, because few people mean a million bytes.
 */
export const limitedMemory = {
  pattern: '^([1-9][0-9]{0,8})(Ki|Mi|Gi)$',
  allowed: 'a whole number with Ki, Mi or Gi such as 64Mi',
};

/** The quantities of CPU that settings and annotations accept. */
export const limitedCpu = {
  pattern: '^([1-9][0-9]{0,5})(m?)$',
  allowed: 'a whole number, with m for thousandths, such as 500m or 2',
};
