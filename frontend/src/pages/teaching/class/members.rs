//! Who is in the class and who has left it.

use super::add_members::AddMembers;
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    pages::{
        exports::Export,
        organisation::{may, words::words},
        people::{
            checked::{Checked, CheckedForm},
            reason::ReasonField,
        },
    },
    platform::{
        actor::Actor,
        client::{self, Outcome, idempotency_key},
        when,
    },
    ui::{AsyncView, Button, Card, Column, Dialog, Look, Table, Tag, Toasts, Tone},
};
use leptos::{context::Provider, prelude::*};
use leptos_router::components::A;
use shared::{
    ids::ClassId,
    learning::{ClassDeparture, ClassMemberRow, ClassPlan, ClassState},
    people::check_reason,
    rights::Right,
};

/// What the rows need.
#[derive(Clone, Copy)]
struct Around {
    may_keep: bool,
    /// Whom the dialog is about.
    leaving: RwSignal<Option<ClassMemberRow>>,
    is_open: RwSignal<bool>,
}

/// The part of the page.
#[component]
pub(super) fn Members(plan: ClassPlan, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let id = plan.class.id;
    let members: LocalResource<Outcome<Vec<ClassMemberRow>>> =
        LocalResource::new(move || async move { client::get(actor, &format!("/classes/{id}/members")).await });
    let takes_in = matches!(plan.class.state, ClassState::Enrolling | ClassState::Running);
    let is_adding = RwSignal::new(false);
    let around = Around { may_keep: plan.may_keep, leaving: RwSignal::new(None), is_open: RwSignal::new(false) };
    let may_add = plan.may_keep && takes_in;
    let may_hand_slips = may(actor, Right::KeepEnrolments, &super::place_of(&plan.class));
    let provider_id = plan.class.provider_id;
    let levels = StoredValue::new(plan.courses.iter().map(|course| course.level).collect::<Vec<_>>());
    let again = Callback::new(move |()| {
        members.refetch();
        reload.run(());
    });
    view! {
        <Card title=words(|locale| td_string!(locale, classes.members))>
            {may_add.then(|| view! {
                <div class="row">
                    <Button look=Look::Primary on_press=move |()| is_adding.set(true)>
                        {t!(i18n, classes.add_members)}
                    </Button>
                </div>
                <Dialog is_open=is_adding title=words(|locale| td_string!(locale, classes.add_members))>
                    <AddMembers id provider_id levels=levels.get_value() is_open=is_adding reload=again />
                </Dialog>
            })}
            {may_hand_slips.then(|| view! {
                <p class="lone"><A href=format!("/classes/{id}/slips")>{t!(i18n, enrolment.class_slips)}</A></p>
            })}
            {(plan.may_keep && !takes_in).then(|| view! { <p class="muted small">{t!(i18n, classes.takes_nobody)}</p> })}
            <Export
                name=words(|locale| td_string!(locale, exports.list_class_members))
                path=move |()| format!("/classes/{id}/members/exports")
            />
            <AsyncView resource=members let:rows>
                <Provider value=around>
                    <Rows rows />
                    <Dialog is_open=around.is_open title=words(|locale| td_string!(locale, classes.dismiss_title))>
                        {move || around.leaving.get().map(|member| view! {
                            <Dismiss id member is_open=around.is_open reload=again />
                        })}
                    </Dialog>
                </Provider>
            </AsyncView>
        </Card>
    }
}

#[component]
fn Rows(rows: Vec<ClassMemberRow>) -> impl IntoView {
    let Around { may_keep, .. } = expect_context::<Around>();
    let mut columns = vec![
        Column::text(words(|locale| td_string!(locale, people.name))),
        Column::text(words(|locale| td_string!(locale, classes.member_state))),
        Column::text(words(|locale| td_string!(locale, classes.joined_at))),
    ];
    if may_keep {
        columns.push(Column::text(words(|locale| td_string!(locale, people.act))));
    }
    view! {
        <Table
            caption=words(|locale| td_string!(locale, classes.member_list))
            columns
            rows=Signal::stored(rows)
            key=|member| (member.account_id, member.left_at)
            row
            empty=words(|locale| td_string!(locale, classes.no_members))
        />
    }
}

fn row(member: ClassMemberRow) -> impl IntoView {
    let i18n = use_i18n();
    let Around { may_keep, leaving, is_open } = expect_context::<Around>();
    let (joined_at, left_at) = (member.joined_at, member.left_at);
    let reason = member.departures.last().filter(|_| left_at.is_some()).map(|departure| departure.reason.clone());
    let name = member.display_name.clone();
    let state = match left_at {
        None => view! { <Tag tone=Tone::Ok>{t!(i18n, classes.member_in)}</Tag> }.into_any(),
        Some(at) => view! {
            <Tag>{t!(i18n, classes.member_left)}</Tag>
            " "
            <span class="small num">{move || when::date(i18n.get_locale(), at)}</span>
            {reason.map(|reason| view! { <p class="muted small">{reason}</p> })}
        }
        .into_any(),
    };
    let dismiss = (may_keep && left_at.is_none()).then(|| {
        let (asked, name) = (member.clone(), name.clone());
        let press = move |()| {
            leaving.set(Some(asked.clone()));
            is_open.set(true);
        };
        view! {
            <Button on_press=press>
                {t!(i18n, classes.dismiss)}
                <span class="visually-hidden">" " {name}</span>
            </Button>
        }
    });
    view! {
        <th scope="row">{name}</th>
        <td><div>{state}</div></td>
        <td class="num">{move || when::date(i18n.get_locale(), joined_at)}</td>
        {may_keep.then(|| view! { <td>{dismiss}</td> })}
    }
}

/// Asks why somebody leaves.
#[component]
fn Dismiss(id: ClassId, member: ClassMemberRow, is_open: RwSignal<bool>, reload: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let reason = RwSignal::new(String::new());
    let checked = Checked::new(move || check_reason(&reason.get(), "/reason").err().into_iter().collect());
    let (learner, key) = (member.account_id, idempotency_key());
    let send = Callback::new(move |()| {
        let departure = ClassDeparture { learner, reason: reason.get_untracked() };
        let (path, key) = (format!("/classes/{id}/departures"), key.clone());
        let leaving = async move { client::create(actor, &path, &key, &departure).await };
        checked.deed.run(leaving, move |_: ClassMemberRow| {
            is_open.set(false);
            toasts.done(t_string!(i18n, common.done));
            reload.run(());
        });
    });
    view! {
        <p><b>{member.display_name}</b></p>
        <p>{t!(i18n, classes.dismiss_about)}</p>
        <CheckedForm checked look=Look::Danger verb=words(|locale| td_string!(locale, classes.dismiss)) send>
            <ReasonField value=reason checked />
        </CheckedForm>
    }
}
