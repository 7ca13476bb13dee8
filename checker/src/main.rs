//! The `checker` binary; everything is in the library.

fn main() -> std::process::ExitCode {
    checker::main()
}
