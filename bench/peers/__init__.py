"""How others do the same work, each in its usual quick way, if it is installed here.

po4a, Hugo and GNU gettext are looked for on the PATH, the others in `bench/.peers`, where `make bench`
installs them as `bench/requirements.lock` and `bench/package-lock.json` say.
"""

from __future__ import annotations

from bench.peers.eleventy import ELEVENTY
from bench.peers.hugo import HUGO
from bench.peers.mdpo import MDPO
from bench.peers.mkdocs import MKDOCS
from bench.peers.msgmerge import MSGMERGE
from bench.peers.peer import Peer
from bench.peers.po4a import PO4A
from bench.peers.sphinx import SPHINX
from bench.peers.toolkit import TOOLKIT

__all__ = ["ALL", "Peer"]

ALL = (PO4A, MDPO, TOOLKIT, SPHINX, MSGMERGE, HUGO, MKDOCS, ELEVENTY)
