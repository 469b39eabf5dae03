//! Several records led on at once: chosen in the list, asked about once, each judged by itself. What does not go on says
//! why.

use super::Around;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        enrolment::{
            record::{place_of, seen},
            stayed::{Stayed, StayedNotice, note},
        },
        organisation::{may, words::words},
    },
    platform::{
        actor::Actor,
        client::{self, Outcome},
        deed::Deed,
    },
    ui::{Button, ConfirmDialog, DeedFailure, Look, Toasts, focus_on},
};
use leptos::prelude::*;
use serde::de::IgnoredAny;
use shared::enrolment::{EnrolmentRow, RecordStep, TakeStep, right_for, step_onward};

/// The step that leads a record on, if it is the reader's to take.
pub(super) fn own_step(actor: Actor, record: &EnrolmentRow) -> Option<RecordStep> {
    let step = step_onward(record.state)?;
    let right = right_for(record.state, step)?;
    may(actor, right, &place_of(record)).then_some(step)
}

/// The bar above the list; nothing where no record is the reader's to lead on.
#[component]
pub(super) fn Onward(
    /// Shows what has become of them.
    again: Callback<()>,
) -> impl IntoView {
    let actor = expect_context::<Actor>();
    let Around { rows, .. } = expect_context::<Around>();
    let stayed = RwSignal::new(Vec::<Stayed>::new());
    let has_own = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| own_step(actor, row).is_some())));
    view! {
        <StayedNotice stayed />
        <Show when=move || has_own.get()><Bar stayed again /></Show>
    }
}

#[component]
fn Bar(stayed: RwSignal<Vec<Stayed>>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (is_asking, gone) = (RwSignal::new(false), RwSignal::new(0_usize));
    let Around { rows, chosen } = expect_context::<Around>();
    let own = move || rows.get_untracked().into_iter().filter(move |row| own_step(actor, row).is_some());
    let count = Memo::new(move |_| chosen.with(|chosen| chosen.len()));
    let has_chosen = move || count.get() > 0;
    let choose_all = move |()| chosen.set(own().map(|row| row.id).collect());
    let choose_none = move |()| chosen.update(|chosen| chosen.clear());
    let send = move |()| {
        let records: Vec<_> = own().filter(|row| chosen.with_untracked(|chosen| chosen.contains(&row.id))).collect();
        let all = records.len();
        stayed.set(Vec::new());
        gone.set(0);
        deed.run(lead_all(actor, records, gone), move |left: Vec<Stayed>| {
            toasts.done(t_string!(i18n, enrolment.onward_done, count = all - left.len()));
            stayed.set(left);
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            again.run(());
        });
    };
    let said = move || match (deed.is_busy().get(), count.get()) {
        (true, all) => t_string!(i18n, enrolment.onward_going, done = gone.get(), count = all),
        (false, 0) => t_string!(i18n, enrolment.onward_hint).to_owned(),
        (false, chosen) => t_string!(i18n, enrolment.onward_chosen, count = chosen),
    };
    let about = Signal::derive(move || t_string!(i18n, enrolment.onward_about, count = count.get()));
    view! {
        <section class="card assign" aria-label=move || t_string!(i18n, enrolment.onward)>
            <div class="row spread">
                <p role="status">{said}</p>
                <div class="row">
                    <Button on_press=choose_all>{t!(i18n, roster.choose_all)}</Button>
                    <Show when=has_chosen>
                        <Button on_press=choose_none>{t!(i18n, roster.choose_none)}</Button>
                        <Button look=Look::Primary is_busy=deed.is_busy() on_press=move |()| is_asking.set(true)>
                            {t!(i18n, enrolment.onward_do)}
                        </Button>
                    </Show>
                </div>
            </div>
            <DeedFailure deed />
        </section>
        <ConfirmDialog
            is_open=is_asking
            title=words(|locale| td_string!(locale, enrolment.onward))
            text=about
            confirm=words(|locale| td_string!(locale, enrolment.onward_do))
            on_confirm=send
        />
    }
}

/// Leads these records on, one after the other; those that stay. Without a network it breaks off, and who presses again
/// goes on where it was: what is done already answers as it did.
async fn lead_all(actor: Actor, records: Vec<EnrolmentRow>, gone: RwSignal<usize>) -> Outcome<Vec<Stayed>> {
    let mut stayed = Vec::new();
    for record in records {
        let outcome = lead_on(actor, &record).await;
        note(&mut stayed, record.name, outcome)?;
        // The page may be gone.
        gone.try_update(|gone| *gone += 1);
    }
    Ok(stayed)
}

async fn lead_on(actor: Actor, record: &EnrolmentRow) -> Outcome<()> {
    let Some(step) = step_onward(record.state) else { return Ok(()) };
    let path = format!("/enrolments/{}/steps", record.id);
    // One step of one version is one request, however often it is sent.
    let key = format!("onward-{}-{}", record.id, record.version);
    let taken = TakeStep { step, reason: String::new() };
    let _: IgnoredAny = client::create_over(actor, &path, &key, &seen(record), &taken).await?;
    Ok(())
}
