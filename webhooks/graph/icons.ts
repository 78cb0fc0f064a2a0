import type { Role } from './graph.ts';

/** A picture of each role, as lines on a square of 16 pixels. */
export const ICONS: Readonly<Record<Role, string>> = {
  clients: 'M8 8a3 3 0 1 0 0-6a3 3 0 0 0 0 6zM2.5 14.5a5.5 5.5 0 0 1 11 0',
  gateway: 'M8 1.5l5.7 3.2v6.6L8 14.5l-5.7-3.2V4.7zM5 8h5.5M8.5 5.8L10.7 8l-2.2 2.2',
  agent: 'M2.5 5.5h11v8h-11zM8 5.5V2.8M6 8.7v1.6M10 8.7v1.6M7 1.8h2',
  tools: 'M2.5 13.5l5.6-5.6M13.4 4.2l-2.1 2.1l-1.6-1.6l2.1-2.1a3.6 3.6 0 0 0-4.4 4.9a3.6 3.6 0 0 0 6 -3.3z',
  memory:
    'M3 4c0-1.2 2.2-2.1 5-2.1s5 .9 5 2.1s-2.2 2.1-5 2.1S3 5.2 3 4zv8c0 1.2 2.2 2.1 5 2.1s5-.9 5-2.1V4M3 8c0 1.2 2.2 2.1 5 2.1s5-.9 5-2.1',
  model: 'M8 1.8l1.7 4.5l4.5 1.7l-4.5 1.7L8 14.2L6.3 9.7L1.8 8l4.5-1.7z',
  other: 'M8 14.5a6.5 6.5 0 1 0 0-13a6.5 6.5 0 0 0 0 13zM6 6.3a2 2 0 1 1 2.8 1.9c-.6.3-.8.6-.8 1.3M8 11.6v.2',
};

/** A lock of 12 pixels: open for what everybody may call. */
export const LOCKS = {
  open: 'M2.5 5.5h7v5h-7zM4 5.5V3.6a2 2 0 0 1 3.9-.6',
  closed: 'M2.5 5.5h7v5h-7zM4 5.5V3.6a2 2 0 0 1 4 0v1.9',
} as const;
