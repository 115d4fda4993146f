//! The program: the command line, or the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    cairn::platform::harden();
    cairn::export::pdf::faces::lend(Box::new(cairn::platform::each_font));
    cairn::cli::run(std::env::args_os())
}
