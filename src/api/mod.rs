//! What a shared hub and its callers say to each other: addresses, headers, problems and frames. Both ends use it, so
//! neither can differ from the other; it knows nothing of sockets.

pub mod address;
mod document;
pub mod filing;
pub mod frames;
pub mod headers;
mod problem;
mod shown;
mod sign_in;
mod signature;
mod text;

pub use document::document;
pub use problem::{Problem, status_of};
pub use shown::{pattern, shown_by};
pub use signature::{Form, Signature};
pub use text::{decode, encode};

/// The version that both ends name with every message. Within a version nothing is taken away.
pub const VERSION: u32 = 1;

/// Where the operations stand.
pub const PREFIX: &str = "/v1";

/// An answer or a set of arguments.
pub const JSON: &str = "application/json";

/// A problem (RFC 9457).
pub const PROBLEM: &str = "application/problem+json";

/// Several things one after the other: files, what is told meanwhile, and the answer at the end.
pub const FRAMES: &str = "application/vnd.servhub.frames";

/// JSON from elsewhere is nested at most so deep.
pub const DEPTH: usize = 32;
