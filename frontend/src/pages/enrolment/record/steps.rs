//! What can be done with a record now: the welcome step first, the others beside it, each asked before it
//! is taken.

use super::{
    super::words::{missing_text, step_effect, step_name},
    place_of, seen,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    pages::{
        organisation::may,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, idempotency_key},
    },
    ui::{Button, Dialog, Look, Notice, Toasts, Tone, focus_on},
};
use leptos::prelude::*;
use shared::{
    enrolment::{EnrolmentView, MissingPapers, RecordState, RecordStep, TakeStep, judge_attachment, missing_papers},
    people::check_reason,
    rights::Right,
};

/// How a step's button looks: the one that leads on is the page's own.
const fn look_of(step: RecordStep) -> Look {
    match step {
        RecordStep::Submit | RecordStep::Approve | RecordStep::Resume | RecordStep::Reenter => Look::Primary,
        RecordStep::Return | RecordStep::Withdraw => Look::Danger,
        _ => Look::Plain,
    }
}

/// The steps in the order of their buttons.
fn in_order(mut steps: Vec<RecordStep>) -> Vec<RecordStep> {
    let rank = |step: &RecordStep| match look_of(*step) {
        Look::Primary => 0,
        Look::Danger => 2,
        _ => 1,
    };
    steps.sort_by_key(rank);
    steps
}

/// What whoever fills the record in must photograph before they can submit it.
fn lacks(view: &EnrolmentView) -> Option<MissingPapers> {
    let missing = missing_papers(view.attachments.iter().map(|photo| photo.kind), view.is_literate, &view.rule);
    missing.filter(|_| judge_attachment(view.record.state).is_ok())
}

/// The buttons, or who has to act now, or why there is nothing to submit yet.
#[component]
pub(super) fn Steps(view: RwSignal<EnrolmentView>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (place, state) = view.with_untracked(|view| (place_of(&view.record), view.record.state));
    let may_keep = may(actor, Right::KeepEnrolments, &place);
    let lacking = Memo::new(move |_| view.with(lacks).filter(|_| may_keep));
    let open = Memo::new(move |_| in_order(view.with(|view| view.open_steps.clone())));
    let wish = RwSignal::new(None::<RecordStep>);
    let is_open = RwSignal::new(false);
    let leads_on = move || open.with(|open| open.iter().any(|step| look_of(*step) == Look::Primary));
    let button = move |step: RecordStep| {
        let press = move |()| {
            wish.set(Some(step));
            is_open.set(true);
        };
        view! { <Button look=look_of(step) on_press=press>{move || step_name(i18n.get_locale(), step)}</Button> }
    };
    let title = move || wish.get().map(|step| step_name(i18n.get_locale(), step).to_owned()).unwrap_or_default();
    view! {
        {move || match lacking.get() {
            Some(missing) => view! { <Lacks missing /> }.into_any(),
            None => (!leads_on()).then(|| view! { <WaitsFor state /> }).into_any(),
        }}
        <div class="row">{move || open.get().into_iter().map(button).collect_view()}</div>
        <Dialog is_open title=Signal::derive(title)>
            {move || wish.get().map(|step| view! { <Take view=view.get_untracked() step is_open reload /> })}
        </Dialog>
    }
}

/// Why the record cannot be submitted yet.
#[component]
fn Lacks(missing: MissingPapers) -> impl IntoView {
    let i18n = use_i18n();
    view! { <Notice tone=Tone::Wait>{move || missing_text(i18n.get_locale(), missing)}</Notice> }
}

/// Who acts next, where the reader does not.
#[component]
fn WaitsFor(state: RecordState) -> impl IntoView {
    let i18n = use_i18n();
    let sentence = move || {
        Some(match state {
            RecordState::Applied => t_string!(i18n, enrolment.waits_school),
            RecordState::SchoolReview => t_string!(i18n, enrolment.waits_reviewer),
            RecordState::CountyReview => t_string!(i18n, enrolment.waits_county),
            RecordState::CityFiled => t_string!(i18n, enrolment.waits_city),
            RecordState::Registered => t_string!(i18n, enrolment.waits_class),
            _ => return None,
        })
    };
    move || sentence().map(|sentence| view! { <Notice tone=Tone::Wait>{sentence}</Notice> })
}

/// Says what the step does, asks for a reason where it needs one, and takes it.
#[component]
fn Take(view: EnrolmentView, step: RecordStep, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || {
        let is_asked = step.needs_reason();
        is_asked.then(|| check_reason(&reason.get(), "/reason").err()).flatten().into_iter().collect()
    });
    let (path, version) = (format!("/enrolments/{}/steps", view.record.id), seen(&view.record));
    let key = idempotency_key();
    let send = Callback::new(move |()| {
        let taken = TakeStep { step, reason: reason.get_untracked() };
        let (path, version, key) = (path.clone(), version.clone(), key.clone());
        let taking = async move { client::create_over(actor, &path, &key, &version, &taken).await };
        checked.deed.run(taking, move |_: EnrolmentView| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            // The button goes away, and the focus must not go with it.
            focus_on("h1");
            reload.run(());
        });
    });
    let verb = Signal::derive(move || step_name(i18n.get_locale(), step).to_owned());
    let look = if look_of(step) == Look::Danger { Look::Danger } else { Look::Primary };
    view! {
        <p>{move || step_effect(i18n.get_locale(), step)}</p>
        <CheckedForm checked look verb send>
            {step.needs_reason().then(|| view! { <ReasonField value=reason checked /> })}
        </CheckedForm>
        <Button on_press=move |()| is_open.set(false)>{t!(i18n, common.cancel)}</Button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_on_stands_first_and_what_leads_back_last() {
        let open = vec![RecordStep::Return, RecordStep::Suspend, RecordStep::Approve];
        assert_eq!(in_order(open), [RecordStep::Approve, RecordStep::Suspend, RecordStep::Return]);
    }
}
