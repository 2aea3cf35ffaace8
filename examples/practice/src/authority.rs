//! The throw-away certificate authority, and a certificate per name asked for.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::{CertifiedKey, SigningKey};

/// The name used when a client sends none, as one that connects by address does.
const NAMELESS: &str = "localhost";

/// Signs certificates for whatever host a client names.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    ca_pem: String,
    leaf: KeyPair,
    leaf_signer: Arc<dyn SigningKey>,
    issued: Mutex<HashMap<String, Arc<CertifiedKey>>>,
}

impl Authority {
    /// Makes a fresh authority that lives in memory only.
    pub(crate) fn fresh() -> Result<Self> {
        let key = KeyPair::generate().context("cannot make a key")?;
        let ca_pem = ca_params()?.self_signed(&key)?.pem();
        Self::new(key, ca_pem)
    }

    /// Loads the authority of `dir`, or makes one there, so that a restart is
    /// trusted by whoever trusted the first start.
    pub(crate) fn in_dir(dir: &Path) -> Result<Self> {
        let (ca_path, key_path) = (dir.join("ca.pem"), dir.join("ca-key.pem"));
        if ca_path.exists() && key_path.exists() {
            let read = |path: &Path| {
                fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
            };
            let key = KeyPair::from_pem(&read(&key_path)?)
                .with_context(|| format!("{} is not a private key", key_path.display()))?;
            return Self::new(key, read(&ca_path)?);
        }
        let made = Self::fresh()?;
        let write = |path: &Path, text: &str| {
            fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
        };
        write(&key_path, &made.issuer.key().serialize_pem())?;
        write(&ca_path, &made.ca_pem)?;
        Ok(made)
    }

    /// The certificate a client has to trust.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    fn new(key: KeyPair, ca_pem: String) -> Result<Self> {
        let leaf = KeyPair::generate().context("cannot make a key")?;
        let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf.serialize_der()));
        let leaf_signer = any_supported_type(&der)?;
        Ok(Self {
            issuer: Issuer::new(ca_params()?, key),
            ca_pem,
            leaf,
            leaf_signer,
            issued: Mutex::new(HashMap::new()),
        })
    }

    fn certificate_for(&self, name: &str) -> Result<Arc<CertifiedKey>> {
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = issued.get(name) {
            return Ok(Arc::clone(known));
        }
        let mut names = vec![name.to_owned()];
        if name == NAMELESS {
            names.push("127.0.0.1".to_owned());
        }
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = params.signed_by(&self.leaf, &self.issuer)?;
        let made = Arc::new(CertifiedKey::new(
            vec![certificate.der().clone()],
            Arc::clone(&self.leaf_signer),
        ));
        issued.insert(name.to_owned(), Arc::clone(&made));
        Ok(made)
    }
}

impl ResolvesServerCert for Authority {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.certificate_for(hello.server_name().unwrap_or(NAMELESS))
            .ok()
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

/// The same every time: a loaded key signs under the name its certificate bears.
fn ca_params() -> Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new())?;
    params
        .distinguished_name
        .push(DnType::CommonName, "Practice employer, throw-away CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}
