const ids = { assetId: '<assetId>', ciId: '<ciId>' };
const made = { origin: { correlationId: '<runId>' }, createdAt: '<time>' };
const facets = {
  book: {
    half: 'book',
    sections: {
      itam: {
        at: '<time>',
        hash: '',
        values: { location: '<location>', holder: '<holder>', costCentre: '<cost centre>' },
      },
      bios: { at: '<time>', hash: '', values: { model: '<model>' } },
    },
  },
};

export const sampleAsset = { ...ids, ...made, status: '<status>', facets, identifiers: [], bindings: 0 };
export const sampleCi = { ...ids, ...made, class: 'server', facets: {}, identifiers: [] };
export const sampleBinding = { ...ids, bindingId: 'bnd_<ci>_<own>', validFrom: '<validFrom>' };
export const sampleRelationship = { relationshipId: 'rel_<ci>_<own>', type: '<type>', from: '<from>', to: '<to>' };
export const sampleRun = { runId: '<runId>', startedAt: '<startedAt>' };
