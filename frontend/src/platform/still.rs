//! A picture out of a video, where the browser plays it.

use super::timing::within;
use js_sys::Promise;
use leptos::prelude::document;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement, Url};

/// Where in the video, in seconds: its first picture is often black.
const AT_S: f64 = 1.0;
/// How long a browser may take.
const LIMIT: Duration = Duration::from_secs(10);

/// How a video looks after a second; `None` where the browser cannot tell.
pub async fn still_of(file: &File) -> Option<Blob> {
    let address = Url::create_object_url_with_blob(file).ok()?;
    let still = within(LIMIT, still_at(&address)).await;
    drop(Url::revoke_object_url(&address));
    still?.ok()
}

async fn still_at(address: &str) -> Result<Blob, JsValue> {
    let video: HtmlVideoElement = document().create_element("video")?.unchecked_into();
    video.set_muted(true);
    video.set_preload("auto");
    video.set_src(address);
    happened(&video, "loadeddata").await?;
    // Some recorders do not say how long it is.
    if video.duration().is_finite() {
        video.set_current_time(AT_S.min(video.duration() / 2.0));
        happened(&video, "seeked").await?;
    }
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(video.video_width());
    canvas.set_height(video.video_height());
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.draw_image_with_html_video_element(&video, 0.0, 0.0)?;
    let drawn = Promise::new(&mut |done, failed| {
        if canvas.to_blob_with_type(&done, "image/jpeg").is_err() {
            drop(failed.call0(&JsValue::NULL));
        }
    });
    JsFuture::from(drawn).await?.dyn_into()
}

/// Waits until this happened, or the video cannot be played.
async fn happened(video: &HtmlVideoElement, event: &str) -> Result<(), JsValue> {
    let happened = Promise::new(&mut |done, failed| {
        drop(video.add_event_listener_with_callback(event, &done));
        drop(video.add_event_listener_with_callback("error", &failed));
    });
    JsFuture::from(happened).await.map(drop)
}
