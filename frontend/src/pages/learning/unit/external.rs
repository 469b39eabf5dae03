//! 外部课程: what of a unit is done in tools of others. The learner goes there and comes back; what the tool reports
//! counts here.

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, deed::Deed},
    ui::{Button, Card, DeedFailure, Tag, Tone},
};
use leptos::prelude::*;
use shared::{
    ids::ActivityId,
    learning::{ActivityView, ExternalLaunch},
};

/// An activity that lies in a tool.
#[derive(Clone)]
struct Outside {
    id: ActivityId,
    title: String,
    is_required: bool,
    is_done: bool,
    about: String,
    needs_pct: u8,
}

/// All activities of a unit that lie in tools, if there are any.
#[component]
pub(super) fn ExternalActivities(
    /// What is done in the unit beside its text.
    activities: Vec<ActivityView>,
    /// Those that are done.
    done: Vec<ActivityId>,
    /// Whether the phone had the unit, and there is no network.
    is_from_phone: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let outside: Vec<_> = activities.into_iter().filter_map(|activity| outside(activity, &done)).collect();
    (!outside.is_empty()).then(|| {
        view! {
            <Card title=words(|locale| td_string!(locale, learning.external))>
                <p class="muted">{t!(i18n, learning.external_about)}</p>
                {outside.into_iter().map(|outside| view! { <One outside is_from_phone /> }).collect_view()}
            </Card>
        }
    })
}

/// What is shown of an activity; `None` if it lies in no tool.
fn outside(activity: ActivityView, done: &[ActivityId]) -> Option<Outside> {
    let (about, needs_pct) = activity.body.external()?;
    let about = about.to_owned();
    let ActivityView { id, title, is_required, .. } = activity;
    Some(Outside { id, title, is_required, is_done: done.contains(&id), about, needs_pct })
}

#[component]
fn One(outside: Outside, is_from_phone: bool) -> impl IntoView {
    let i18n = use_i18n();
    let Outside { id, title, is_required, is_done, about, needs_pct } = outside;
    let standing = match (is_done, is_required) {
        (true, _) => Some(view! { <Tag tone=Tone::Ok>{t!(i18n, learning.external_done)}</Tag> }.into_any()),
        (false, true) => Some(view! { <Tag tone=Tone::Wait>{t!(i18n, learning.assignment_required)}</Tag> }.into_any()),
        (false, false) => None,
    };
    view! {
        <div class="row spread">
            <h3>{title.clone()}</h3>
            {standing}
        </div>
        {(!about.is_empty()).then(|| view! { <p class="own-words">{about}</p> })}
        {(needs_pct > 0).then(|| view! {
            <p class="muted small num">{t!(i18n, learning.external_needs, percent = needs_pct)}</p>
        })}
        {if is_from_phone {
            view! { <p class="muted small">{t!(i18n, learning.external_needs_network)}</p> }.into_any()
        } else {
            view! { <Open id title /> }.into_any()
        }}
    }
}

/// Goes to the tool.
#[component]
fn Open(id: ActivityId, title: String) -> impl IntoView {
    let i18n = use_i18n();
    let (actor, deed) = (expect_context::<Actor>(), Deed::new());
    let open = move |()| {
        let path = format!("/me/activities/{id}/launches");
        let asking = async move { client::ask(actor, &path).await };
        deed.run(asking, move |launch: ExternalLaunch| _ = window().location().set_href(&launch.url));
    };
    view! {
        <DeedFailure deed />
        <div class="row">
            <Button is_busy=deed.is_busy() on_press=open>
                {t!(i18n, learning.external_open)} <span class="visually-hidden">" " {title}</span>
            </Button>
        </div>
    }
}
