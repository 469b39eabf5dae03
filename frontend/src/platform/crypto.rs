//! The browser's cryptography, as futures.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};

/// AES-256-GCM takes a nonce of 12 bytes.
const NONCE: usize = 12;
/// Bits of such a key.
const KEY_BITS: u32 = 256;

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

/// What was sealed for somebody, and the key that was made for it.
pub struct Letter {
    /// The public key: an uncompressed point of P-256.
    pub sender: Vec<u8>,
    /// 12 bytes of nonce, then the ciphertext.
    pub sealed: Vec<u8>,
}

/// Seals for who has the private key of `public_key`, a point of P-256: ECDH, HKDF-SHA-256 for this `purpose`,
/// AES-256-GCM. Absent if the browser cannot.
pub async fn seal_for(public_key: &[u8], purpose: &str, belongs_to: &str, plain: &[u8]) -> Option<Letter> {
    let subtle = subtle()?;
    let curve = object(&[("name", "ECDH".into()), ("namedCurve", "P-256".into())])?;
    let pair = brought(subtle.generate_key_with_object(&curve, true, &Array::of1(&"deriveBits".into()))).await?;
    let own = |half: &str| Reflect::get(&pair, &half.into()).ok().map(JsCast::unchecked_into::<CryptoKey>);
    let raw = Uint8Array::from(public_key);
    let other = brought(subtle.import_key_with_object("raw", &raw, &curve, false, &Array::new())).await?;
    let agree = object(&[("name", "ECDH".into()), ("public", other)])?;
    let agreed = brought(subtle.derive_bits_with_object(&agree, &own("privateKey")?, KEY_BITS)).await?;
    let usages = Array::of1(&"deriveKey".into());
    let agreed = brought(subtle.import_key_with_str("raw", &Uint8Array::new(&agreed), "HKDF", false, &usages)).await?;
    let derive = object(&[
        ("name", "HKDF".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::new_with_length(0).into()),
        ("info", Uint8Array::from(purpose.as_bytes()).into()),
    ])?;
    let kind = object(&[("name", "AES-GCM".into()), ("length", KEY_BITS.into())])?;
    let (agreed, usages) = (agreed.unchecked_into::<CryptoKey>(), Array::of1(&"encrypt".into()));
    let key = subtle.derive_key_with_object_and_object(&derive, &agreed, &kind, false, &usages);
    let key = brought(key).await?.unchecked_into::<CryptoKey>();
    let mut nonce = [0; NONCE];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut nonce).ok()?;
    let how = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(nonce.as_slice()));
    how.set_additional_data_u8_array(&Uint8Array::from(belongs_to.as_bytes()));
    let text = Uint8Array::from(plain);
    let text = brought(subtle.encrypt_with_object_and_js_u8_array(&how, &key, &text)).await?;
    let sender = brought(subtle.export_key("raw", &own("publicKey")?)).await?;
    let sealed = [nonce.as_slice(), &Uint8Array::new(&text).to_vec()].concat();
    Some(Letter { sender: Uint8Array::new(&sender).to_vec(), sealed })
}

/// What the browser's cryptography is told how to do something.
fn object(fields: &[(&str, JsValue)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).ok()?;
    }
    Some(object)
}

async fn brought(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}
