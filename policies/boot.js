// The runner registers a compiler of its own for `.ts`, which knows no such imports; Node strips the types of what is imported from here.
import './pack.ts';
