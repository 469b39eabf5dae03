//! The Chengxi app in the browser.

mod app;
mod pages;
mod platform;
mod ui;

// Makes the module `i18n`: texts of shared/locales, checked when the app is compiled.
leptos_i18n::load_locales!();

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
