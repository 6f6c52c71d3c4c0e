// The land around Indonesia as GeoJSON; cut out of the atlas when the pages are built (land.ts).
import land from 'virtual:land';

export function countries(): GeoJSON.FeatureCollection<GeoJSON.MultiPolygon> {
  return land;
}
