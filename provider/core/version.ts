/** This package's version; a test compares it with package.json. */
export const VERSION = "0.1.0";
/** Where its documentation begins; a test compares it with package.json. */
export const HOMEPAGE = "https://github.com/OWNER/cdn-preload-gate#readme";
