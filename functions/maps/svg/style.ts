import type { Layer } from '../../../domain/map/layer.ts';
import type { RelationshipType } from '../../../domain/relationship/relationship-types.ts';

/** Colours with at least 4.5 to 1 of contrast for text on what is behind it; lines differ by their dashes too. */
export const ink = { text: '#1e293b', quiet: '#52606d', line: '#94a3b8', paper: '#ffffff', badge: '#7c4a03' };

export const layerStyles: Record<Layer, { label: string; strong: string; band: string }> = {
  service: { label: 'Services', strong: '#1d4ed8', band: '#eff6ff' },
  application: { label: 'Applications', strong: '#6d28d9', band: '#f5f3ff' },
  logical: { label: 'Logical', strong: '#0f766e', band: '#f0fdfa' },
  physical: { label: 'Physical', strong: '#475569', band: '#f8fafc' },
};

type LineStyle = { colour: string; dashes?: string };

const styles: Partial<Record<RelationshipType, LineStyle>> = {
  'runs on': { colour: '#334155' },
  'depends on': { colour: '#1d4ed8', dashes: '7 4' },
  'member of': { colour: '#0f766e', dashes: '2 4' },
  'installed on': { colour: '#7e22ce', dashes: '10 3 2 3' },
  'connected to': { colour: '#b45309', dashes: '4 3' },
};
const otherwise: LineStyle = { colour: '#64748b', dashes: '1 3' };

export const lineStyle = (type: RelationshipType): LineStyle => styles[type] ?? otherwise;

export const font = 'Helvetica, Arial, sans-serif';
