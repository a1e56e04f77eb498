export function checkModules(): Promise<string[]>
