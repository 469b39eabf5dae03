//! One list of graduates, with what the reader's office decides of it.

use super::{Gaps, StateTag};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        enrolment::words::level_name,
        organisation::words::words,
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{actor::Actor, client, deed::Deed, file, when},
    ui::{AsyncView, Button, ButtonLink, Card, DeedFailure, Dialog, Icon, Look, PageHeading, Symbol, Toasts, focus_on},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::{
    credit_bank::{
        Graduate, GraduationDecision, GraduationOffice, GraduationState, GraduationView, diploma_issuer,
        graduation_turn, number_grouped,
    },
    ids::GraduationBatchId,
    learning::CourseLevel,
    organisation::DivisionCode,
    people::check_reason,
    rights::{self, Place, Right, places},
};

/// The list with this id.
#[component]
pub(super) fn Graduation(id: String) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let list = LocalResource::new(move || {
        let path = format!("/graduations/{id}");
        async move { client::get::<GraduationView>(actor, &path).await }
    });
    let reload = Callback::new(move |()| list.refetch());
    view! {
        <p class="way-back"><A href="/graduations">{t!(i18n, graduation.lists)}</A></p>
        <AsyncView resource=list let:list><Shown list reload /></AsyncView>
    }
}

#[component]
fn Shown(list: GraduationView, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let GraduationView { list: head, graduates, proposed_by_name, confirmed_by_name, decided_by_name, decided_at } =
        list;
    let (id, state, level, class_name) = (head.id, head.state, head.level, head.class_name.clone());
    let heading = Signal::derive(move || t_string!(i18n, graduation.list_title, class_name = class_name.clone()));
    let has = move |right| actor.roles().iter().any(|role| rights::carries(*role, right));
    let office = graduation_turn(state).filter(|office| has(right_of(*office)));
    let may_propose = state == GraduationState::Returned && has(Right::ProposeGraduates);
    let class_id = head.class_id;
    let (count, rows) =
        (head.learners, graduates.into_iter().map(|graduate| view! { <Row graduate /> }).collect_view());
    view! {
        <div class="row spread">
            <PageHeading text=heading />
            <StateTag state />
        </div>
        <Card>
            <dl class="facts">
                <div><dt>{t!(i18n, graduation.school)}</dt><dd>{head.provider_name}</dd></div>
                <div><dt>{t!(i18n, graduation.level)}</dt><dd>{move || level_name(i18n.get_locale(), level)}</dd></div>
                <div><dt>{t!(i18n, graduation.proposed_by)}</dt><dd>{proposed_by_name}</dd></div>
                {confirmed_by_name.map(|name| view! {
                    <div><dt>{t!(i18n, graduation.confirmed_by)}</dt><dd>{name}</dd></div>
                })}
                {decided_by_name.map(|name| view! {
                    <div><dt>{t!(i18n, graduation.decided_by)}</dt><dd>{name}</dd></div>
                })}
                {decided_at.map(|at| view! {
                    <div>
                        <dt>{t!(i18n, graduation.decided_at)}</dt>
                        <dd class="num">{move || when::date_time(i18n.get_locale(), at)}</dd>
                    </div>
                })}
                {(!head.reason.is_empty()).then(|| view! {
                    <div class="whole"><dt>{t!(i18n, graduation.reason_returned)}</dt><dd>{head.reason.clone()}</dd></div>
                })}
            </dl>
        </Card>
        <ul class="rows">{rows}</ul>
        {office.map(|office| view! { <Decide id office count reload /> })}
        {may_propose.then(|| view! {
            <p>
                <ButtonLink href=format!("/classes/{class_id}/graduates")>
                    {t!(i18n, graduation.to_candidates)}
                </ButtonLink>
            </p>
        })}
        {(state == GraduationState::Approved).then(|| view! { <Sheet id prints=prints_diplomas(actor, level) /> })}
    }
}

const fn right_of(office: GraduationOffice) -> Right {
    match office {
        GraduationOffice::County => Right::ConfirmGraduates,
        GraduationOffice::City => Right::ApproveGraduates,
    }
}

#[component]
fn Row(graduate: Graduate) -> impl IntoView {
    let i18n = use_i18n();
    let number = graduate.diploma_number.as_deref().map(number_grouped);
    view! {
        <li>
            <div class="stack">
                <p><b>{graduate.name}</b> " " <span class="muted small num">{graduate.learner_number}</span></p>
                {number.map(|number| view! {
                    <p>{t!(i18n, graduation.diploma_number)} " " <span class="num">{number}</span></p>
                })}
                {(!graduate.gaps.is_empty()).then(|| view! { <Gaps gaps=graduate.gaps.clone() /> })}
            </div>
        </li>
    }
}

/// The path of an office's decision.
fn path_of(id: GraduationBatchId, office: GraduationOffice) -> String {
    match office {
        GraduationOffice::County => format!("/graduations/{id}/confirm"),
        GraduationOffice::City => format!("/graduations/{id}/approve"),
    }
}

#[component]
fn Decide(id: GraduationBatchId, office: GraduationOffice, count: u32, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts, deed) = (expect_context::<Actor>(), expect_context::<Toasts>(), Deed::new());
    let (is_approving, is_returning) = (RwSignal::new(false), RwSignal::new(false));
    let verb = move || match office {
        GraduationOffice::County => t_string!(i18n, graduation.confirm),
        GraduationOffice::City => t_string!(i18n, graduation.approve),
    };
    let about = move || match office {
        GraduationOffice::County => t_string!(i18n, graduation.about_confirm, count = count),
        GraduationOffice::City => t_string!(i18n, graduation.about_approve, count = count),
    };
    let approve = move |()| {
        let path = path_of(id, office);
        let approving = async move { client::post(actor, &path, &GraduationDecision::Approve {}).await };
        deed.run(approving, move |_: GraduationView| {
            is_approving.set(false);
            toasts.done(td_string!(i18n.get_locale_untracked(), graduation.decided_toast));
            // The list is drawn anew, and the focus must not be lost.
            focus_on("h1");
            reload.run(());
        });
    };
    view! {
        <div class="row">
            <Button look=Look::Primary on_press=move |()| is_approving.set(true)>{verb}</Button>
            <Button look=Look::Danger on_press=move |()| is_returning.set(true)>{t!(i18n, graduation.send_back)}</Button>
        </div>
        <Dialog is_open=is_approving title=Signal::derive(move || verb().to_owned())>
            <p>{about}</p>
            <DeedFailure deed />
            <div class="row">
                <Button look=Look::Primary is_busy=deed.is_busy() on_press=approve>{verb}</Button>
                <Button on_press=move |()| is_approving.set(false)>{t!(i18n, common.cancel)}</Button>
            </div>
        </Dialog>
        <Dialog is_open=is_returning title=words(|locale| td_string!(locale, graduation.send_back))>
            <SendBack id office is_open=is_returning reload />
        </Dialog>
    }
}

/// Asks why a list goes back.
#[component]
fn SendBack(
    id: GraduationBatchId,
    office: GraduationOffice,
    is_open: RwSignal<bool>,
    reload: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let send = Callback::new(move |()| {
        let (path, decision) = (path_of(id, office), GraduationDecision::Return { reason: reason.get_untracked() });
        let returning = async move { client::post(actor, &path, &decision).await };
        let said = td_string!(i18n.get_locale_untracked(), graduation.decided_toast);
        checked.deed.run(returning, move |_: GraduationView| {
            is_open.set(false);
            toasts.done(said);
            // The list is drawn anew, and the focus must not be lost.
            focus_on("h1");
            reload.run(());
        });
    });
    view! {
        <p>{t!(i18n, graduation.about_send_back)}</p>
        <CheckedForm checked look=Look::Danger verb=words(|locale| td_string!(locale, graduation.send_back)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}

/// Whether the reader's own bureau issues diplomas of a level.
fn prints_diplomas(actor: Actor, level: CourseLevel) -> bool {
    let roles = actor.me().map(|me| me.roles).unwrap_or_default();
    places(&roles, Right::KeepDiplomas).any(|place| match place {
        Place::Division { code } => DivisionCode::parse(code).is_some_and(|code| diploma_issuer(code, level) == code),
        _ => false,
    })
}

/// The register sheet, to be signed by who takes a diploma away, and for who issues them the diplomas.
#[component]
fn Sheet(id: GraduationBatchId, prints: bool) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let print = move |what: &'static str, name: &'static str| {
        let path = format!("/graduations/{id}/{what}");
        let printing = async move { client::post_for_bytes(actor, &path, &serde_json::json!({})).await };
        deed.run(printing, move |bytes: Vec<u8>| file::save_bytes(name, "application/pdf", &bytes));
    };
    view! {
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=move |()| print("sheet", "register-sheet.pdf")>
                <Icon symbol=Symbol::Download />
                {t!(i18n, graduation.register_sheet)}
            </Button>
            {prints.then(|| view! {
                <Button is_busy=deed.is_busy() on_press=move |()| print("diplomas", "diplomas.pdf")>
                    <Icon symbol=Symbol::Download />
                    {t!(i18n, graduation.print_diplomas)}
                </Button>
            })}
        </div>
        <DeedFailure deed />
    }
}
