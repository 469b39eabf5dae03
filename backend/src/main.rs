//! `chengxi`: the server and its tools.

fn main() -> std::process::ExitCode {
    backend::cli::run()
}
