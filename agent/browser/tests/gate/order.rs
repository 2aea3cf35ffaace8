//! Manifests, signatures and permits for the tests.

use std::path::{Path, PathBuf};

use agent_approval::{
    Action, Approval, Field, FieldKind, FileRef, FormSnapshot, Lifetime, Manifest, Nonce,
    PluginRef, Purpose, Release, ReleaseKind, SecretKey, Sha256, SignedApproval, Source, Value,
};
use agent_browser::Permit;
use agent_browser::gate::ReleaseOrder;
use agent_core::form::FileToSend;

pub(crate) const NAME: &str = "Amina Okafor-Lindqvist";
pub(crate) const EMAIL: &str = "amina@okafor.example";
/// The body of the approved form, as a browser writes it.
pub(crate) const BODY: &str = "full_name=Amina+Okafor-Lindqvist&email=amina%40okafor.example";
/// When everything happens, seconds since 1970.
pub(crate) const NOW: i64 = 1_800_000_000;

/// A manifest under construction, and the folder of its journal and files.
pub(crate) struct Plan {
    pub(crate) manifest: Manifest,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) files: Vec<FileToSend>,
}

impl Plan {
    /// One form with two fields, posted to `https://jobs.test/apply`.
    pub(crate) fn form() -> Self {
        let field = |name: &str, value: &str| Field {
            name: name.to_owned(),
            role: "textbox".to_owned(),
            kind: FieldKind::Text,
            required: true,
            options: Vec::new(),
            value: Value::Text(value.to_owned()),
            source: Source::Fact,
        };
        let snapshot = FormSnapshot {
            origin: "https://jobs.test".to_owned(),
            path: "/form".to_owned(),
            query: Vec::new(),
            action: Action {
                method: "POST".to_owned(),
                origin: "https://jobs.test".to_owned(),
                path: "/apply".to_owned(),
            },
            fields: vec![field("Full name", NAME), field("Email", EMAIL)],
            files: Vec::new(),
            pinned: Vec::new(),
            volatile: Vec::new(),
        };
        let manifest = Manifest {
            version: Manifest::VERSION,
            application: "00".repeat(16),
            opening: "opening".to_owned(),
            employer: "Employer".to_owned(),
            title: "Engineer".to_owned(),
            posting_url: "https://jobs.test/form".to_owned(),
            plugin: PluginRef {
                id: "plugin".to_owned(),
                version: "1".to_owned(),
                sha256: Sha256::of(b"plugin"),
            },
            profile_revision: 1,
            nonce: Nonce::from_bytes([3; 16]),
            snapshots: vec![snapshot],
            releases: vec![Release {
                kind: ReleaseKind::Submit,
                method: "POST".to_owned(),
                origin: "https://jobs.test".to_owned(),
                path: "/apply".to_owned(),
                path_prefix: false,
            }],
        };
        Self {
            manifest,
            folder: tempfile::tempdir().unwrap(),
            files: Vec::new(),
        }
    }

    /// Adds a file of so many bytes to the form.
    pub(crate) fn with_file(mut self, size: usize) -> Self {
        let content: Vec<u8> = (0..size).map(|at| (at * 31 % 251) as u8).collect();
        let path = self.folder.path().join("cv.pdf");
        std::fs::write(&path, &content).unwrap();
        let (size, sha256) = (size as u64, Sha256::of(&content));
        let name = "cv.pdf".to_owned();
        self.files.push(FileToSend {
            path,
            name: name.clone(),
            size,
            sha256,
        });
        let snapshot = &mut self.manifest.snapshots[0];
        let field = "CV".to_owned();
        snapshot.fields.push(Field {
            name: field.clone(),
            role: "button".to_owned(),
            kind: FieldKind::File,
            required: true,
            options: Vec::new(),
            value: Value::File(name.clone()),
            source: Source::Fact,
        });
        snapshot.files.push(FileRef {
            field,
            name,
            size,
            sha256,
        });
        self
    }

    /// Has the file go to a store of another origin first.
    pub(crate) fn uploading(mut self) -> Self {
        let upload = Release {
            kind: ReleaseKind::Upload {
                field: "CV".to_owned(),
            },
            method: "PUT".to_owned(),
            origin: "https://store.test".to_owned(),
            path: "/up/".to_owned(),
            path_prefix: true,
        };
        self.manifest.releases.insert(0, upload);
        self
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("intent")
    }

    /// The order of a person who approved this just now.
    pub(crate) fn order(&self) -> ReleaseOrder {
        let key = key(7);
        ReleaseOrder {
            permit: Permit {
                manifest: self.manifest.encode().unwrap(),
                approval: self.signed(&key, NOW),
                key: key.public(),
                now: NOW + 60,
                journal: self.journal(),
            },
            files: self.files.clone(),
            sent_as: Vec::new(),
            hidden_names: Vec::new(),
            protected: Vec::new(),
        }
    }

    pub(crate) fn signed(&self, key: &SecretKey, at: i64) -> SignedApproval {
        let approval = Approval {
            purpose: Purpose::Submit,
            manifest: self.manifest.digest().unwrap(),
            signed_at: at,
            valid_until: at + i64::from(Lifetime::LEAST.seconds()),
            key: key.public().id(),
        };
        SignedApproval::sign(key, &approval).unwrap()
    }

    pub(crate) fn file(&self) -> &Path {
        &self.files[0].path
    }
}

pub(crate) fn key(byte: u8) -> SecretKey {
    SecretKey::from_random(&[byte; 32])
}
