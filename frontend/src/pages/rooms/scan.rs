//! Reads the code on a ticket with the phone's camera, where the browser can (the Barcode Detection API).

use crate::{
    i18n::{t, t_string, use_i18n},
    platform::timing::sleep,
    ui::Button,
};
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::{html, prelude::*, task::spawn_local};
use shared::sittings::ticket_in;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// So often a picture is looked at.
const EVERY: Duration = Duration::from_millis(300);

/// A button that begins it, with the picture while it goes on.
#[component]
pub(in crate::pages) fn Scan(
    /// Gets what the code on a ticket says.
    #[prop(into)]
    on_found: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (is_on, has_failed) = (RwSignal::new(false), RwSignal::new(false));
    let video = NodeRef::<html::Video>::new();
    let begin = move |()| {
        if is_on.get_untracked() {
            is_on.set(false);
            return;
        }
        is_on.set(true);
        has_failed.set(false);
        spawn_local(async move {
            let found = scan(video, is_on).await;
            is_on.try_set(false);
            match found {
                Ok(Some(said)) if !is_on.is_disposed() => on_found.run(said),
                Ok(_) => {}
                Err(_) => _ = has_failed.try_set(true),
            }
        });
    };
    on_cleanup(move || _ = is_on.try_set(false));
    view! {
        <div class="stack">
            <div class="row">
                <Button on_press=begin>
                    {move || if is_on.get() { t!(i18n, rooms.scan_stop).into_any() } else { t!(i18n, rooms.scan).into_any() }}
                </Button>
            </div>
            <video node_ref=video class="scan" muted playsinline hidden=move || !is_on.get()></video>
            <p class="muted small" role="status">
                {move || has_failed.get().then(|| t_string!(i18n, rooms.scan_none))}
            </p>
        </div>
    }
}

/// Looks through the camera until a ticket is seen or nobody wants it any more.
async fn scan(video: NodeRef<html::Video>, is_on: RwSignal<bool>) -> Result<Option<String>, JsValue> {
    let detector = detector()?;
    let stream = camera().await?;
    let seen = watch(&detector, &stream, video, is_on).await;
    let tracks: Array = method(&stream, "getTracks", &[])?.unchecked_into();
    for track in tracks.iter() {
        method(&track, "stop", &[])?;
    }
    seen
}

async fn watch(
    detector: &JsValue,
    stream: &JsValue,
    video: NodeRef<html::Video>,
    is_on: RwSignal<bool>,
) -> Result<Option<String>, JsValue> {
    let Some(picture) = video.get_untracked() else { return Ok(None) };
    Reflect::set(&picture, &"srcObject".into(), stream)?;
    JsFuture::from(picture.play()?).await?;
    while is_on.try_get_untracked() == Some(true) {
        let codes: Array = awaited(method(detector, "detect", &[picture.clone().into()])?).await?.unchecked_into();
        let mut said = codes.iter().filter_map(|code| Reflect::get(&code, &"rawValue".into()).ok()?.as_string());
        if let Some(text) = said.find(|text| ticket_in(text).is_some()) {
            return Ok(Some(text));
        }
        sleep(EVERY).await;
    }
    Ok(None)
}

/// What finds codes in pictures.
fn detector() -> Result<JsValue, JsValue> {
    let class = Reflect::get(&window(), &"BarcodeDetector".into())?;
    let class: Function = class.dyn_into()?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"formats".into(), &Array::of1(&"qr_code".into()))?;
    Reflect::construct(&class, &Array::of1(&wanted))
}

/// The pictures of the camera that looks away from the reader.
async fn camera() -> Result<JsValue, JsValue> {
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into())?;
    let (wanted, facing) = (Object::new(), Object::new());
    Reflect::set(&facing, &"facingMode".into(), &"environment".into())?;
    Reflect::set(&wanted, &"video".into(), &facing)?;
    awaited(method(&devices, "getUserMedia", &[wanted.into()])?).await
}

fn method(of: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(of, &name.into())?.dyn_into()?;
    function.apply(of, &arguments.iter().collect::<Array>())
}

async fn awaited(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}
