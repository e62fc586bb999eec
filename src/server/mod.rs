//! What a shared hub needs besides the operations.

pub mod sign_in;
