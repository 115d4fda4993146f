//! What the person may rely on.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use cairn::model::{Entry, Id};
use cairn::vault::store::sim::Image;
use cairn::vault::{Passphrase, RecoveryKey, Vault};

use super::super::vault::now;
use super::{LOCAL, VAULT};

/// A save that was acknowledged: to the person, with its file, or by a start that found it.
#[derive(Debug)]
pub struct Held {
    pub file: Option<(String, Option<Vec<u8>>)>,
    /// The person it is about, if any.
    pub person: Option<Id>,
    pub entries: Vec<Entry>,
}

/// What the person may rely on at a moment.
#[derive(Clone)]
pub struct Known {
    /// Opens the vault at once, where a passphrase takes time.
    pub key: Arc<RecoveryKey>,
    pub saved: Vec<Arc<Held>>,
    /// Saves that failed or were cut off: wholly there or wholly absent.
    pub uncertain: Vec<(Arc<Vec<Entry>>, Option<Id>)>,
    /// About people who are being erased: all of one person is there, or nothing.
    pub erasing: Vec<Arc<Held>>,
    /// About people who were erased: never to be seen again.
    pub erased: Vec<Arc<Held>>,
    /// What a draft may be.
    pub drafts: BTreeMap<Id, Vec<Option<String>>>,
    /// At least one of these opens the vault; the last is the newest.
    pub passphrases: Vec<String>,
    /// None of these opens it.
    pub former: Vec<String>,
    /// What was found of passphrases on key files seen before.
    doors: Arc<Mutex<HashMap<u64, Result<(), String>>>>,
    /// How many records and other things were begun, for names that are not used twice.
    pub count: u64,
}

impl Known {
    pub fn of_new_vault(key: RecoveryKey) -> Known {
        Known {
            key: Arc::new(key),
            saved: Vec::new(),
            uncertain: Vec::new(),
            erasing: Vec::new(),
            erased: Vec::new(),
            drafts: BTreeMap::new(),
            passphrases: vec!["correct horse battery staple".to_owned()],
            former: Vec::new(),
            doors: Arc::default(),
            count: 0,
        }
    }

    pub fn is_acknowledged(&self, path: &str) -> bool {
        self.saved.iter().any(|held| held.file.as_ref().is_some_and(|(file, _)| file == path))
    }

    /// Whether every file that was acknowledged is there to the byte.
    pub fn judge_bytes(&self, image: &Image) -> Result<(), String> {
        for (file, bytes) in self.saved.iter().filter_map(|held| held.file.as_ref()) {
            match image.get(VAULT, file) {
                Some(found) if Some(found) == bytes.as_deref() => {}
                Some(_) => return Err(format!("N1: the acknowledged {file} was changed")),
                None => return Err(format!("N1: the acknowledged {file} is lost")),
            }
        }
        Ok(())
    }

    /// Whether one of the right passphrases opens the vault and no former one does. Only the
    /// key files decide, so what is known of them is not tried again.
    pub fn judge_doors(&self, image: &Image) -> Result<(), String> {
        let mut hasher = DefaultHasher::new();
        for path in image.paths(VAULT).filter(|path| !path.starts_with("records")) {
            (path, image.get(VAULT, path)).hash(&mut hasher);
        }
        (&self.passphrases, &self.former).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(result) = self.doors.lock().unwrap().get(&key) {
            return result.clone();
        }
        let result = self.try_doors(image);
        self.doors.lock().unwrap().insert(key, result.clone());
        result
    }

    fn try_doors(&self, image: &Image) -> Result<(), String> {
        let opens = |text: &String| {
            let found = Vault::find(Box::new(image.store(VAULT)), Box::new(image.store(LOCAL)));
            let vault = found.ok().flatten();
            vault.is_some_and(|vault| vault.unlock(&Passphrase::new(text), now()).is_ok())
        };
        if let Some(former) = self.former.iter().find(|former| opens(former)) {
            return Err(format!("the former {former} opens the vault"));
        }
        if self.passphrases.iter().any(opens) {
            Ok(())
        } else {
            Err("N4: no passphrase opens the vault".to_owned())
        }
    }
}
