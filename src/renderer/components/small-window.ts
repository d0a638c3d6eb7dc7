/** A laptop's screen at 125 % (1093×614) and the like: what stands above a document makes room for its pages. */
export const smallWindow = '@media (max-height: 700px)';
