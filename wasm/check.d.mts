export function checkModule(): Promise<string[]>
