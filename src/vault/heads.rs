//! What this computer remembers of the vault between two sessions: who it is in the vault, its
//! last acknowledged record, and the newest it has seen of the others. If the folder is set back
//! to an older state, this is what notices.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::envelope::Link;
use super::error::VaultError;
use super::hold::Holds;
use super::keys::Secrets;
use super::local::{LocalState, Turn};
use super::names::DeviceId;
use super::standing::FileRef;

const DEVICE_FILE: &str = "device.age";
const HEADS_STEM: &str = "heads";

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heads {
    /// This computer.
    dev: DeviceId,
    /// Its last acknowledged record.
    pub own: Option<Link>,
    /// The newest seen of the others.
    pub seen: BTreeMap<DeviceId, Link>,
    /// Files that a rolling check found damaged.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub damaged: BTreeSet<FileRef>,
    /// Who is on hold.
    #[serde(default, skip_serializing_if = "Holds::is_empty")]
    pub holds: Holds,
}

/// The content of the device file.
#[derive(Debug, Serialize, Deserialize)]
struct Device {
    dev: DeviceId,
}

impl Heads {
    /// For a computer that begins.
    pub fn new(device: DeviceId) -> Heads {
        let (seen, damaged) = (BTreeMap::new(), BTreeSet::new());
        Heads { dev: device, own: None, seen, damaged, holds: Holds::default() }
    }

    /// This computer.
    pub const fn device(&self) -> DeviceId {
        self.dev
    }

    /// Every newest record that is remembered.
    pub fn all(&self) -> impl Iterator<Item = (DeviceId, Link)> {
        let own = self.own.map(|link| (self.dev, link));
        own.into_iter().chain(self.seen.iter().map(|(device, link)| (*device, *link)))
    }

    /// Remembers newer records of others; what was seen is never forgotten for something older.
    pub fn see(&mut self, others: &BTreeMap<DeviceId, Link>) {
        for (device, link) in others {
            let known = self.seen.entry(*device).or_insert(*link);
            if link.0 > known.0 {
                *known = *link;
            }
        }
    }

    /// Reads what this computer remembers: nothing when a part of it is lost or when its parts
    /// disagree, and then the computer begins anew under another name.
    pub fn read(local: &LocalState, secrets: &Secrets) -> Option<(Heads, Turn)> {
        let (_, device) = local.read(secrets, DEVICE_FILE).ok()?;
        let device: Device = serde_json::from_slice(&device).ok()?;
        let file = local.read_slots(secrets, HEADS_STEM)?;
        let heads: Heads = serde_json::from_slice(&file.content).ok()?;
        (heads.dev == device.dev).then_some((heads, file.turn))
    }

    /// The turn of the heads that lie there, whoever they are of: new ones must count on from
    /// it, or the old ones would win.
    pub fn last_turn(local: &LocalState, secrets: &Secrets) -> Option<Turn> {
        local.read_slots(secrets, HEADS_STEM).map(|file| file.turn)
    }

    /// Writes the name of the computer, before its first heads.
    pub fn write_device(
        &self,
        local: &mut LocalState,
        secrets: &Secrets,
        now: Timestamp,
    ) -> Result<(), VaultError> {
        let content = serde_json::to_vec(&Device { dev: self.dev });
        let content = content.map_err(|_| VaultError::NotTheSame)?;
        local.write(secrets, DEVICE_FILE, 1, &content, now)
    }

    /// Writes the heads durably into the slot whose turn it is.
    pub fn write(
        &self,
        local: &mut LocalState,
        secrets: &Secrets,
        last: Option<Turn>,
        now: Timestamp,
    ) -> Result<Turn, VaultError> {
        let content = serde_json::to_vec(self).map_err(|_| VaultError::NotTheSame)?;
        local.write_slots(secrets, HEADS_STEM, last, &content, now)
    }
}
