//! The program.

use std::process::ExitCode;

/// What was in memory is wiped when it is given back: some of it was a token's value.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

#[tokio::main]
async fn main() -> ExitCode {
    entok::run().await
}
