//! The key by which tools of others believe what they are told of a learner. LTI asks for RSA, which no other key here is:
//! who runs the installation makes one, and without it nobody is sent to a tool.

use crate::platform::error::{AppError, AppResult};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{fs, io::ErrorKind, path::Path};

/// An RSA key that signs by RS256.
pub struct ToolKey {
    pair: RsaKeyPair,
    /// The modulus and the exponent.
    public: PublicKeyComponents<Vec<u8>>,
    id: String,
}

impl ToolKey {
    /// The key of a file in PKCS #8 as PEM writes it; none if there is no such file.
    ///
    /// # Errors
    /// If the file holds no RSA key of at least 2048 bits.
    pub fn read(path: &Path) -> AppResult<Option<Self>> {
        let pem = match fs::read_to_string(path) {
            Ok(pem) => pem,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AppError::internal(format!("{}: {error}", path.display()))),
        };
        let key = Self::of_pem(&pem);
        key.map(Some).ok_or_else(|| AppError::internal(format!("{} is not an RSA key in PKCS #8", path.display())))
    }

    fn of_pem(pem: &str) -> Option<Self> {
        let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
        let (text, _) = rest.split_once("-----END PRIVATE KEY-----")?;
        let der = STANDARD.decode(text.split_whitespace().collect::<String>()).ok()?;
        let pair = RsaKeyPair::from_pkcs8(&der).ok()?;
        let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
        let id = hex::encode(&Sha256::digest(&public.n)[..8]);
        Some(Self { pair, public, id })
    }

    /// What verifies its signatures, as a JSON Web Key.
    #[must_use]
    pub fn public_jwk(&self) -> serde_json::Value {
        let (n, e) = (URL_SAFE_NO_PAD.encode(&self.public.n), URL_SAFE_NO_PAD.encode(&self.public.e));
        json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.id, "n": n, "e": e })
    }

    /// Claims as a signed JSON Web Token.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn sign(&self, claims: &impl Serialize) -> AppResult<String> {
        let header = json!({ "alg": "RS256", "typ": "JWT", "kid": self.id }).to_string();
        let claims = serde_json::to_vec(claims).map_err(AppError::internal)?;
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let mut signature = vec![0; self.pair.public().modulus_len()];
        // This padding draws nothing: the same claims have the same signature.
        let random = SystemRandom::new();
        let done = self.pair.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature);
        done.map_err(|_| AppError::internal("the key for tools does not sign"))?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
