//! The Chengxi app in the browser.

mod app;
mod pages;
mod platform;
mod ui;

/// The texts of shared/locales, checked when the app is compiled.
///
/// The build script that replaces the macro would pull in the whole of the ICU data tools.
#[expect(deprecated, reason = "see above")]
mod texts {
    leptos_i18n::load_locales!();
}

use texts::i18n;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
