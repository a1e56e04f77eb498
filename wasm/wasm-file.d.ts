// The bundler's binary loader: a .wasm file is its bytes.
declare module '*.wasm' {
  const bytes: Uint8Array
  export default bytes
}
