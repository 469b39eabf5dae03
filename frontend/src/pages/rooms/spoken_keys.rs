//! The keys that who runs the day reads out, over a telephone, to a room whose network has failed (ADR 53).

use crate::{
    i18n::{t, td_string, use_i18n},
    pages::organisation::words::words,
    platform::{actor::Actor, client, creation::CreationKey, deed::Deed},
    ui::{Button, Card, DeedFailure},
};
use leptos::prelude::*;
use shared::{
    delivery::{ReadOutKeys, SpokenKey},
    ids::ExamRoomId,
};

/// Asks for the keys of the test's papers, which is noted, and shows them.
#[component]
pub(super) fn SpokenKeys(
    /// The test.
    exam_session_id: String,
    /// The room to which they are read out.
    exam_room_id: ExamRoomId,
) -> impl IntoView {
    let i18n = use_i18n();
    let actor = expect_context::<Actor>();
    let (deed, key, keys) = (Deed::new(), CreationKey::new(), RwSignal::new(None::<Vec<SpokenKey>>));
    let ask = move |()| {
        let path = format!("/exam_sessions/{exam_session_id}/spoken_keys");
        let asking = key
            .create(move |key| async move { client::create(actor, &path, &key, &ReadOutKeys { exam_room_id }).await });
        deed.run(asking, move |told| keys.set(Some(told)));
    };
    view! {
        <Card title=words(|locale| td_string!(locale, rooms.spoken_keys))>
            <p class="muted small">{t!(i18n, rooms.spoken_keys_note)}</p>
            <div role="status">
                {move || keys.get().map(|keys| view! {
                    <dl class="facts">{keys.into_iter().map(|key| view! { <OneKey key /> }).collect_view()}</dl>
                })}
            </div>
            <div class="row">
                <Button is_busy=deed.is_busy() on_press=ask>{t!(i18n, rooms.spoken_keys_ask)}</Button>
            </div>
            <DeedFailure deed />
        </Card>
    }
}

/// One paper's.
#[component]
fn OneKey(key: SpokenKey) -> impl IntoView {
    let i18n = use_i18n();
    let SpokenKey { title, mark, code } = key;
    view! {
        <div>
            <dt>{title} " · " {move || td_string!(i18n.get_locale(), rooms.spoken_key_mark, mark = mark.clone())}</dt>
            <dd class="entry-code num">
                {match code {
                    Some(code) => code.into_any(),
                    None => t!(i18n, rooms.spoken_key_none).into_any(),
                }}
            </dd>
        </div>
    }
}
