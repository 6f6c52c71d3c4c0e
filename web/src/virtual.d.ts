declare module 'virtual:land' {
  const land: GeoJSON.FeatureCollection<GeoJSON.MultiPolygon>;
  export default land;
}
