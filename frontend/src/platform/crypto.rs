//! The browser's cryptography, as futures.

use js_sys::{Array, Promise, Uint8Array};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};

/// AES-256-GCM takes a nonce of 12 bytes.
const NONCE: usize = 12;

/// Absent where the page did not come by a safe way (HTTPS or this very machine).
fn subtle() -> Option<SubtleCrypto> {
    let crypto = window().crypto().ok()?;
    let subtle = crypto.subtle();
    (!subtle.is_undefined()).then_some(subtle)
}

/// Whether this browser can hash and decrypt here.
pub fn is_there() -> bool {
    subtle().is_some()
}

/// SHA-256 in hex; absent if the browser cannot.
pub async fn sha256_hex(bytes: &Uint8Array) -> Option<String> {
    let digest = brought(subtle()?.digest_with_str_and_js_u8_array("SHA-256", bytes)).await?;
    Some(Uint8Array::new(&digest).to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Opens what was sealed by AES-256-GCM: 12 bytes of nonce, then the ciphertext. Absent if the
/// key, the sealed bytes or what they belong to do not fit together.
pub async fn open_sealed(key: &[u8], sealed: &Uint8Array, belongs_to: &str) -> Option<Vec<u8>> {
    let subtle = subtle()?;
    let usages = Array::of1(&"decrypt".into());
    let raw = Uint8Array::from(key);
    let key = brought(subtle.import_key_with_str("raw", &raw, "AES-GCM", false, &usages)).await?;
    let nonce = u32::try_from(NONCE).ok()?;
    let how = AesGcmParams::new_with_u8_array("AES-GCM", &sealed.slice(0, nonce));
    how.set_additional_data_u8_array(&Uint8Array::from(belongs_to.as_bytes()));
    let (key, ciphertext) = (key.unchecked_into::<CryptoKey>(), sealed.slice(nonce, sealed.length()));
    let plain = brought(subtle.decrypt_with_object_and_js_u8_array(&how, &key, &ciphertext)).await?;
    Some(Uint8Array::new(&plain).to_vec())
}

/// Whether a text carries the Ed25519 signature of this public key; absent if the browser cannot tell.
pub async fn is_signed(key: &[u8], text: &str, signature: &[u8]) -> Option<bool> {
    let subtle = subtle()?;
    let usages = Array::of1(&"verify".into());
    let raw = Uint8Array::from(key);
    let key = brought(subtle.import_key_with_str("raw", &raw, "Ed25519", false, &usages)).await?;
    let (signature, text) = (Uint8Array::from(signature), Uint8Array::from(text.as_bytes()));
    let key = key.unchecked_into::<CryptoKey>();
    let told = subtle.verify_with_str_and_js_u8_array_and_js_u8_array("Ed25519", &key, &signature, &text);
    brought(told).await?.as_bool()
}

async fn brought(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}
