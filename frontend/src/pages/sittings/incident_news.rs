//! What the learner must hear of incidents without looking for it: that one is open, and by when to ask for another look
//! at a decision.

use crate::{
    i18n::{t, td_string, use_i18n},
    platform::{
        actor::Actor,
        client::{self, Outcome},
        when,
    },
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use leptos_router::components::A;
use shared::sittings::{MyIncident, ResultBar};

/// Those that are not decided, and those at whose decision the learner may still ask for another look.
fn news(incidents: Vec<MyIncident>) -> Vec<MyIncident> {
    let is_open = |incident: &MyIncident| incident.state.bar() == Some(ResultBar::Held);
    incidents.into_iter().filter(|incident| is_open(incident) || incident.appeal_until.is_some()).collect()
}

/// A notice for each; nothing for who has none.
#[component]
pub(in crate::pages) fn IncidentNews() -> impl IntoView {
    let actor = expect_context::<Actor>();
    let incidents: LocalResource<Outcome<Vec<MyIncident>>> =
        LocalResource::new(move || client::get(actor, "/me/incidents"));
    move || {
        // The page is about the courses; without the incidents it says a little less.
        let news = news(incidents.get()?.ok()?);
        Some(news.into_iter().map(|incident| view! { <News incident /> }).collect_view())
    }
}

#[component]
fn News(incident: MyIncident) -> impl IntoView {
    let i18n = use_i18n();
    let of_test = incident.exam_session_title;
    let title = move || format!("{} · {of_test}", td_string!(i18n.get_locale(), sittings.my_incident));
    let words = match incident.appeal_until {
        Some(until) => {
            let until = move || when::date_time(i18n.get_locale(), until);
            view! { <p>{t!(i18n, sittings.my_incident_until, until = until)}</p> }.into_any()
        }
        None => view! { <p>{t!(i18n, sittings.my_incident_open)}</p> }.into_any(),
    };
    view! {
        <Notice tone=Tone::Stop>
            <p><A href="/exams">{title}</A></p>
            {words}
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        ids::IncidentId,
        sittings::{IncidentKind, IncidentState},
        time::Timestamp,
    };

    fn incident(state: IncidentState, appeal_until: Option<Timestamp>) -> MyIncident {
        MyIncident {
            id: IncidentId(uuid::Uuid::nil()),
            exam_session_title: String::new(),
            kind: IncidentKind::Whispering,
            what_happened: String::new(),
            seized: None,
            state,
            recorded_at: Timestamp(0),
            steps: Vec::new(),
            appeal_until,
            answer_until: None,
            banned_until: None,
        }
    }

    #[test]
    fn what_is_open_or_can_be_asked_again_is_told_and_what_is_over_is_not() {
        let told = [
            incident(IncidentState::Recorded, None),
            incident(IncidentState::Heard, None),
            incident(IncidentState::Upheld, Some(Timestamp(1))),
        ];
        let over = [
            incident(IncidentState::Upheld, None),
            incident(IncidentState::Dismissed, None),
            incident(IncidentState::Lifted, None),
        ];
        let all = over.into_iter().chain(told.clone()).collect();
        assert_eq!(news(all), told);
    }
}
