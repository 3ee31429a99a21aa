export declare const ENGINE_OPTIONS: readonly string[];
