/** For how long nothing must happen in a test that nothing happens. */
export const QUIET_SECONDS = Number(process.env['QUIET_SECONDS'] || 15);
