/**
 * The quantities of memory that settings and annotations take: of Kubernetes's forms, those that nobody misreads. `M` is not
 * among them, because few people mean a million bytes.
 */
export const limitedMemory = {
  pattern: '^([1-9][0-9]{0,8})(Ki|Mi|Gi)$',
  allowed: 'a whole number with Ki, Mi or Gi such as 64Mi',
};

/** The quantities of processor time that settings and annotations take. */
export const limitedCpu = {
  pattern: '^([1-9][0-9]{0,5})(m?)$',
  allowed: 'a whole number, with m for thousandths, such as 500m or 2',
};
