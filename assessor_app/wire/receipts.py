"""Sign and verify receipts. A receipt that does not verify is no receipt."""

import base64
import binascii
from dataclasses import replace

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from assessor_app.wire.codec import dump
from assessor_app.wire.messages import Receipt


def signed_bytes(receipt: Receipt) -> bytes:
    """Return what the signature is over: the canonical receipt with an empty signature."""
    return dump(replace(receipt, signature=""))


def sign(receipt: Receipt, key: Ed25519PrivateKey) -> Receipt:
    """Return the receipt with its signature."""
    signature = base64.b64encode(key.sign(signed_bytes(receipt))).decode("ascii")
    return replace(receipt, signature=signature)


def is_genuine(receipt: Receipt, receipt_key: str) -> bool:
    """Return whether the pinned key (raw, base64) signed exactly this receipt."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(receipt_key, validate=True))
        key.verify(base64.b64decode(receipt.signature, validate=True), signed_bytes(receipt))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
