//! What of a learner's study is only on this phone, said on every page of theirs. The pages of study say it themselves,
//! and send it; all others lead there.

use super::places::{DOWNLOADS, LEARN};
use crate::{
    i18n::{t, use_i18n},
    pages::learning::offline,
    platform::actor::Actor,
    ui::{Icon, Symbol},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

/// Below these are maps and units.
const STUDY: [&str; 2] = ["/learn/courses/", "/learn/units/"];

/// Whether a page says what waits, and sends it.
fn sends(path: &str) -> bool {
    [LEARN, DOWNLOADS].contains(&path) || STUDY.iter().any(|below| path.starts_with(below))
}

/// How many records wait, and the way to where they are sent; nothing if the server has everything.
#[component]
pub(super) fn UnsentElsewhere() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let path = use_location().pathname;
    let elsewhere = Memo::new(move |_| path.with(|path| (!sends(path)).then(|| path.clone())));
    // Counted anew on every page.
    let count = LocalResource::new(move || {
        let is_asked = elsewhere.with(Option::is_some);
        async move { if is_asked { offline::unsent(actor).await } else { 0 } }
    });
    let said = move || {
        let count = count.get().filter(|count| *count > 0)?;
        elsewhere.with(Option::is_some).then(|| {
            view! {
                <p class="unsent lone no-print">
                    <A href=LEARN>
                        <Icon symbol=Symbol::Clock />
                        {t!(i18n, learning.offline_waiting, count = count)}
                    </A>
                </p>
            }
        })
    };
    view! { <div class="no-print" role="status">{said}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_send_say_it_themselves() {
        assert!(["/learn", "/learn/downloads", "/learn/courses/1", "/learn/units/1"].into_iter().all(sends));
        assert!(!["/me", "/timetable", "/learn/notes", "/learn/mistakes", "/exams"].into_iter().any(sends));
    }
}
