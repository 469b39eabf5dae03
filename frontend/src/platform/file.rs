//! Files: saved by the browser, or chosen by the reader.

use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

/// How long a slow browser may take to fetch what it saves.
const FETCHED_WITHIN: Duration = Duration::from_secs(30);

/// Hands a text to the browser as a file of this name.
pub fn save(name: &str, kind: &str, text: &str) {
    hand_over(name, kind, &JsValue::from_str(text));
}

/// Hands bytes to the browser as a file of this name.
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8]) {
    hand_over(name, kind, &js_sys::Uint8Array::from(bytes));
}

fn hand_over(name: &str, kind: &str, content: &JsValue) {
    // A browser that cannot make a file shows nothing: there is nothing else to offer.
    drop(try_hand_over(name, kind, content));
}

fn try_hand_over(name: &str, kind: &str, content: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_blob_sequence_and_options(&js_sys::Array::of1(content), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    set_timeout(move || drop(Url::revoke_object_url(&address)), FETCHED_WITHIN);
    Ok(())
}

/// The text of the file that was chosen; `None` if none was, or it cannot be read.
pub async fn chosen_text(input: &HtmlInputElement) -> Option<String> {
    let file = input.files()?.get(0)?;
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// The file that was chosen.
pub fn chosen(input: &HtmlInputElement) -> Option<File> {
    input.files()?.get(0)
}

/// The size of the file that was chosen, in bytes; `None` if none was.
pub fn chosen_size(input: &HtmlInputElement) -> Option<f64> {
    Some(input.files()?.get(0)?.size())
}
