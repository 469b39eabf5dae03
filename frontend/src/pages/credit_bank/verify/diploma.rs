//! A diploma, checked by its number and the holder's whole name.

use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{enrolment::words::level_name, organisation::words::words},
    platform::{client, deed::Deed, when},
    ui::{Button, DeedFailure, Field, Look, Notice, TextInput, Tone, focus_on},
};
use leptos::{html::H3, prelude::*};
use shared::{
    credit_bank::{CheckDiploma, DiplomaNumber, PublicDiploma, number_grouped},
    problem::ProblemCode,
};

/// The form, and what was found.
#[component]
pub(super) fn ByDiploma() -> impl IntoView {
    let i18n = use_i18n();
    let (deed, was_sent) = (Deed::new(), RwSignal::new(false));
    let (number, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let found = RwSignal::new(None::<Option<PublicDiploma>>);
    let is_number = move || number.with(|number| DiplomaNumber::parse(number).is_some());
    let has_name = move || name.with(|name| !name.trim().is_empty());
    let number_error = Signal::derive(move || match was_sent.get() && !is_number() {
        true => t_string!(i18n, graduation.check_number_wrong).to_owned(),
        false => String::new(),
    });
    let name_error = Signal::derive(move || match was_sent.get() && !has_name() {
        true => t_string!(i18n, graduation.check_name_missing).to_owned(),
        false => String::new(),
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        was_sent.set(true);
        found.set(None);
        match (untrack(is_number), untrack(has_name)) {
            (false, _) => focus_on("#diploma-number"),
            (true, false) => focus_on("#diploma-name"),
            (true, true) => {
                let request = CheckDiploma { number: number.get_untracked(), name: name.get_untracked() };
                deed.run(check(request), move |answer| found.set(Some(answer)));
            }
        }
    };
    view! {
        <form class="card stack" novalidate on:submit=submit>
            <h2>{t!(i18n, graduation.check_title)}</h2>
            <p class="muted">{t!(i18n, graduation.check_lead)}</p>
            <Field
                id="diploma-number"
                label=words(|locale| td_string!(locale, graduation.check_number))
                error=number_error
            >
                <TextInput value=number keyboard="numeric" />
            </Field>
            <Field id="diploma-name" label=words(|locale| td_string!(locale, graduation.check_name)) error=name_error>
                <TextInput value=name />
            </Field>
            <DeedFailure deed />
            <Button look=Look::Primary is_submit=true is_busy=deed.is_busy() is_wide=true>
                {t!(i18n, graduation.check)}
            </Button>
            {move || found.get().map(|found| view! { <Answer found /> })}
        </form>
    }
}

/// What is known of it; nothing if number and name do not belong together.
async fn check(request: CheckDiploma) -> client::Outcome<Option<PublicDiploma>> {
    match client::post_open("/public/diploma_checks", &request).await {
        Ok(diploma) => Ok(Some(diploma)),
        Err(error) if error.code() == Some(ProblemCode::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

#[component]
fn Answer(found: Option<PublicDiploma>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(diploma) = found else {
        return view! {
            <div role="alert">
                <Notice tone=Tone::Stop><p>{t!(i18n, graduation.check_none)}</p></Notice>
            </div>
        }
        .into_any();
    };
    let heading = NodeRef::<H3>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            drop(heading.focus());
        }
    });
    let (is_revoked, is_as_registered) = (diploma.is_revoked, diploma.is_as_registered);
    let verdict = move || match (is_as_registered, is_revoked) {
        (false, _) => t_string!(i18n, graduation.check_changed),
        (true, true) => t_string!(i18n, graduation.check_revoked),
        (true, false) => t_string!(i18n, graduation.check_valid),
    };
    let (level, issued_on) = (diploma.level, diploma.issued_on);
    view! {
        <h3 node_ref=heading tabindex="-1">{verdict}</h3>
        <dl class="facts">
            <div class="whole">
                <dt>{t!(i18n, graduation.diploma_number)}</dt>
                <dd class="num">{number_grouped(&diploma.number)}</dd>
            </div>
            <div><dt>{t!(i18n, graduation.name)}</dt><dd>{diploma.holder_name_masked}</dd></div>
            <div><dt>{t!(i18n, graduation.level)}</dt><dd>{move || level_name(i18n.get_locale(), level)}</dd></div>
            <div><dt>{t!(i18n, graduation.school)}</dt><dd>{diploma.school}</dd></div>
            <div><dt>{t!(i18n, graduation.issuer)}</dt><dd>{diploma.issuer}</dd></div>
            <div>
                <dt>{t!(i18n, graduation.issued_on)}</dt>
                <dd class="num">{move || when::day(i18n.get_locale(), issued_on)}</dd>
            </div>
        </dl>
    }
    .into_any()
}
