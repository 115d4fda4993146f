//! Who wrote a file. age alone does not say: anybody with the recipient can encrypt. So every
//! file carries an HMAC with a key that only a holder of the vault's identity can derive
//! (`vault-format`, "A record file").

use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::names::{VaultId, hex};

/// The label before the bytes of a record.
pub const RECORD_LABEL: &str = "cairn/record/1\n";

const RECORD_INFO: &str = "cairn/mac/1";
const LOCAL_INFO: &str = "cairn/local/1";

/// A key for one purpose.
#[derive(Clone)]
pub struct MacKey(Zeroizing<[u8; 32]>);

impl MacKey {
    /// The key for records: from the identity's 74 characters and the vault's id.
    pub fn records(identity: &str, vault: VaultId) -> MacKey {
        MacKey::derive(identity, vault, RECORD_INFO)
    }

    /// The key for the files of local state.
    pub fn local(identity: &str, vault: VaultId) -> MacKey {
        MacKey::derive(identity, vault, LOCAL_INFO)
    }

    /// The key of these bytes, for what two people write to one another.
    pub fn from_bytes(bytes: &[u8; 32]) -> MacKey {
        MacKey(Zeroizing::new(*bytes))
    }

    fn derive(identity: &str, vault: VaultId, info: &str) -> MacKey {
        let mut key = Zeroizing::new([0; 32]);
        let salt = vault.to_string();
        // The only error is a key longer than 255 hashes.
        let _ = Hkdf::<Sha256>::new(Some(salt.as_bytes()), identity.as_bytes())
            .expand(info.as_bytes(), key.as_mut_slice());
        MacKey(key)
    }

    /// The authentication code of a labelled text, in lower-case hexadecimal.
    pub fn code(&self, label: &str, text: &[u8]) -> String {
        hex(&self.over(label, text).finalize().into_bytes())
    }

    /// Whether the code is that of the labelled text; the time taken does not tell how near it
    /// came.
    pub fn verify(&self, label: &str, text: &[u8], code: &[u8; 32]) -> bool {
        self.over(label, text).verify_slice(code).is_ok()
    }

    fn over(&self, label: &str, text: &[u8]) -> Hmac<Sha256> {
        // An HMAC key may have any length, so the other arm is never taken; it would only make
        // a code that fits nothing.
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice())
            .unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.update(label.as_bytes());
        mac.update(text);
        mac
    }
}

/// The label before the bytes of a file of local state.
pub fn local_label(path: &str) -> String {
    format!("{LOCAL_INFO}/{path}\n")
}
