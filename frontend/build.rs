//! Compiles the app again when a text changes, and keeps what the bundler needs to split it.

#![expect(clippy::disallowed_methods, reason = "cargo tells a build script its target in the environment")]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../shared/locales");
    // Lazy routes become files of their own only while the module still says what calls what.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
