export declare const ENGINE_OPTIONS: readonly string[];
export declare const ENGINE_ENVIRONMENT: Readonly<Record<string, string>>;
