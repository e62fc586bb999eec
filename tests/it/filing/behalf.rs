//! Filing on behalf of a customer through the real binary: every rule with both answers, in the order of the
//! specification.

mod context;
mod enclosed;
mod files;
mod law;
mod life;
mod typing;
mod world;
