/** The only channels between the page's preload script and the main process. */
export const channels = { call: 'desk:call', addFile: 'desk:add-file', event: 'desk:event' } as const;
