declare module 'virtual:land' {
  const land: GeoJSON.FeatureCollection<GeoJSON.MultiPolygon>;
  export default land;
}
// Version 1.0.3 brings no types.
declare module 'open-location-code' {
  type Area = { latitudeLo: number; latitudeHi: number; latitudeCenter: number; longitudeCenter: number };
  export class OpenLocationCode {
    isValid(code: string): boolean;
    isShort(code: string): boolean;
    isFull(code: string): boolean;
    encode(latitude: number, longitude: number, length: number): string;
    decode(code: string): Area;
    recoverNearest(code: string, latitude: number, longitude: number): string;
  }
}
