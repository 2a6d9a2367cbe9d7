/** A laptop as a person enters it. */
export const laptop = {
  assetTag: 'SKY-0001',
  serial: '5CG1234XYZ',
  manufacturer: 'HP',
  model: 'EliteBook 840',
  location: 'Hangar 3',
  holder: 'Robin Vale',
  costCentre: 'CC-410',
  purchaseCost: { minor: 129900, currency: 'EUR' },
  purchaseDate: '2025-11-03',
};
