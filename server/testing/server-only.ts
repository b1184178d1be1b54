// Stands for the `server-only` marker outside Next's bundler, where it would throw.
export {};
