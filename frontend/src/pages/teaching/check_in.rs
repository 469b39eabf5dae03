//! A learner checks in: by the code that their camera read, or by typing it.

use super::words::attendance_name;
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::{
        organisation::words::words,
        people::checked::{Checked, CheckedForm},
    },
    platform::{actor::Actor, client, when},
    ui::{ButtonLink, Field, Icon, PageHeading, Symbol, TextInput, focus_on},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use shared::{
    problem::FieldError,
    teaching::{AttendanceState, CODE_DIGITS, CheckIn, CheckInReceipt},
};

lazy_page! {
    /// The page.
    CheckInPage = CheckInMyself in study;
}

/// The digits of what was typed.
fn digits(typed: &str) -> String {
    typed.chars().filter_map(|letter| letter.to_digit(10)).map(|digit| digit.to_string()).collect()
}

/// The code in the fragment of an address, where no server and no log is told of it; none if somebody is to type it.
fn code_in(fragment: &str) -> Option<String> {
    let code = digits(fragment);
    (code.len() == CODE_DIGITS).then_some(code)
}

#[component]
fn CheckInMyself() -> impl IntoView {
    let fragment = use_location().hash;
    // What the camera read counts until it reads something else, also while the page is being left.
    let read = Memo::new(move |last: Option<&Option<String>>| {
        fragment.with(|fragment| code_in(fragment)).or_else(|| last.cloned().flatten())
    });
    view! {
        <main class="page narrow stack">
            <PageHeading text=words(|locale| td_string!(locale, classes.check_in)) />
            {move || view! { <ByCode read=read.get() /> }}
        </main>
    }
}

/// Checks in by the code that was read, otherwise by the one that is typed.
#[component]
fn ByCode(read: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let meeting = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let code = RwSignal::new(read.clone().unwrap_or_default());
    let receipt = RwSignal::new(None::<CheckInReceipt>);
    let checked = Checked::new(move || {
        let is_short = digits(&code.get()).len() != CODE_DIGITS;
        is_short.then(|| FieldError::new("/code", "check-in-code")).into_iter().collect()
    });
    let send = Callback::new(move |()| {
        let path = format!("/meetings/{meeting}/check_ins");
        let check_in = CheckIn { code: digits(&code.get_untracked()) };
        checked.deed.run(async move { client::post(actor, &path, &check_in).await }, move |came: CheckInReceipt| {
            receipt.set(Some(came));
            focus_on("#checked-in");
        });
    });
    // Who scanned the code has nothing left to do.
    if read.is_some() {
        send.run(());
    }
    move || match receipt.get() {
        Some(receipt) => view! { <CheckedIn receipt /> }.into_any(),
        None => view! {
            <p class="muted">{t!(i18n, classes.check_in_lead)}</p>
            <CheckedForm class="card stack" checked verb=words(|locale| td_string!(locale, classes.check_in)) send>
                <div class="code-input">
                    <Field
                        id="code"
                        label=words(|locale| td_string!(locale, classes.check_in_code))
                        hint=words(|locale: Locale| td_string!(locale, classes.check_in_code_hint))
                        error=checked.error("/code")
                    >
                        <TextInput value=code keyboard="numeric" />
                    </Field>
                </div>
            </CheckedForm>
        }
        .into_any(),
    }
}

/// What the check-in brought.
#[component]
fn CheckedIn(receipt: CheckInReceipt) -> impl IntoView {
    let i18n = use_i18n();
    let CheckInReceipt { state, noted_at } = receipt;
    let (class, symbol) = match state {
        AttendanceState::Present => ("finding ok", Symbol::Check),
        AttendanceState::Late => ("finding wait", Symbol::Clock),
        AttendanceState::Leave | AttendanceState::Absent => ("finding stop", Symbol::Warning),
    };
    let words = move || t_string!(i18n, classes.checked_in, state = attendance_name(i18n.get_locale(), state));
    view! {
        <section class=format!("card {class}")>
            <div class="finding-head">
                <Icon symbol />
                <h2 id="checked-in" tabindex="-1">{words}</h2>
                <p class="num">{move || when::date_time(i18n.get_locale(), noted_at)}</p>
            </div>
            <div class="finding-content"><ButtonLink href="/learn">{t!(i18n, classes.to_learn)}</ButtonLink></div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::{code_in, digits};

    #[test]
    fn blanks_between_digits_do_not_matter() {
        assert_eq!(digits(" 1234 5678 "), "12345678");
        assert_eq!(digits("12a"), "12");
    }

    #[test]
    fn a_code_is_the_fragment_of_the_address() {
        assert_eq!(code_in("#12345678").as_deref(), Some("12345678"));
        assert!(["", "#", "#1234567", "#content"].iter().all(|fragment| code_in(fragment).is_none()));
    }
}
