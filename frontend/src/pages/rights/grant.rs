//! Granting a role to somebody: the role, and where.

use super::{
    course_limit::{CourseLimit, course_place, may_be_limited},
    meaning::RightsOf,
    place_picker::PlacePicker,
    point_picker::{PointPicker, Points},
    required,
    words::role_options,
};
use crate::{
    i18n::{t, t_string, td_string, use_i18n},
    lazy::lazy_page,
    pages::organisation::{steps::named_place, words::words},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        creation::CreationKey,
        deed::Deed,
    },
    ui::{AsyncView, Card, DeedForm, EmptyState, Field, PageHeading, Select, Toasts, focus_first_wrong},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::{
    identity::{AccountView, NewRoleGrant, RoleGrantView},
    page::Page,
    rights::{GrantState, Role},
};

lazy_page! {
    /// The page; `?to=` names the account.
    GrantPage = Grant in rights;
}

/// The account with this name, if the reader may know of it.
async fn named(actor: Actor, login_name: String) -> Outcome<Option<AccountView>> {
    let text = js_sys::encode_uri_component(&login_name);
    let found: Page<AccountView> = client::get(actor, &format!("/accounts?limit=200&text={text}")).await?;
    Ok(found.items.into_iter().find(|account| account.login_name == login_name))
}

#[component]
fn Grant() -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let query = use_query_map();
    let to = move || query.with(|query| query.get("to")).unwrap_or_default();
    let account = LocalResource::new(move || named(actor, to()));
    view! {
        <main class="page stack">
            <PageHeading text=words(|locale| td_string!(locale, rights.grant)) />
            <p class="muted">{t!(i18n, rights.grant_lead)}</p>
            <AsyncView resource=account let:account>
                {match account {
                    Some(account) => view! { <GrantForm account /> }.into_any(),
                    None => {
                        view! { <EmptyState text=words(|locale| td_string!(locale, rights.account_none)) /> }.into_any()
                    }
                }}
            </AsyncView>
        </main>
    }
}

#[component]
fn GrantForm(account: AccountView) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, toasts) = (expect_context::<Actor>(), expect_context::<Toasts>());
    let navigate = use_navigate();
    let (deed, was_sent, key) = (Deed::new(), RwSignal::new(false), CreationKey::new());
    let (role, place) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let account_id = account.id;
    let is_clerk = Signal::derive(move || role.with(|role| role == Role::ServicePointClerk.as_str()));
    let points = Points::at(actor, place, is_clerk);
    let course = RwSignal::new(String::new());
    let has_courses = Memo::new(move |_| role.with(|role| may_be_limited(role)));
    let limit = move || if has_courses.get() { course.with(|course| course_place(course)) } else { None };
    let is_limited = Memo::new(move |_| limit().is_some());
    // Who serves at a service point does so at no place around it, and who holds a role for a course for no other.
    let chosen_place = move || match is_clerk.get() {
        true => points.place(),
        false => limit().or_else(|| named_place(&place.get())),
    };
    let send = move |()| {
        let chosen = Role::parse(&role.get_untracked()).zip(untrack(chosen_place));
        was_sent.set(true);
        let Some((role, place)) = chosen else { return focus_first_wrong() };
        let navigate = navigate.clone();
        let new = NewRoleGrant { account_id, role, place };
        let granting = key.create(move |key| async move { client::create(actor, "/role_grants", &key, &new).await });
        deed.run(granting, move |grant: RoleGrantView| {
            toasts.done(match grant.state {
                GrantState::Proposed => t_string!(i18n, rights.granted_waits),
                _ => t_string!(i18n, rights.granted_at_once),
            });
            navigate("/rights", Default::default());
        });
    };
    let role_error = required(was_sent, move || role.with(String::is_empty), deed.field("/role"));
    let place_error =
        required(was_sent, move || !is_limited.get() && place.with(String::is_empty), deed.field("/place"));
    let point_error = required(was_sent, move || points.place().is_none(), deed.field("/place"));
    let roles = move || {
        let grantable = Role::ALL.iter().copied().filter(|role| *role != Role::Learner);
        role_options(i18n.get_locale(), grantable)
    };
    view! {
        <Card>
            <p>{t!(i18n, rights.grant_to)} " " <b>{account.display_name}</b> " " <span class="muted">{account.login_name}</span></p>
            <DeedForm deed verb=words(|locale| td_string!(locale, rights.grant)) send>
                <Field id="role" label=words(|locale| td_string!(locale, rights.role)) error=role_error>
                    <Select value=role options=Signal::derive(roles) />
                </Field>
                {move || Role::parse(&role.get()).map(|role| view! { <RightsOf role /> })}
                <Show when=move || has_courses.get()>
                    <CourseLimit value=course />
                </Show>
                <Show when=move || !is_limited.get()>
                    <PlacePicker place error=place_error />
                </Show>
                {move || is_clerk.get().then(|| view! { <PointPicker points error=point_error /> })}
            </DeedForm>
        </Card>
    }
}
