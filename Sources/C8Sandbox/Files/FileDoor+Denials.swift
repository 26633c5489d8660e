/// The wording of every refusal, in one place.
extension FileDoor {
    func ungranted(_ request: FileRequest) -> SandboxDenial {
        let access = request.access.rawValue
        if grants.denied(request.access) == .all {
            return request.denial("--deny-\(access) forbids it, whatever is allowed")
        }
        return request.denial("run again with --allow-\(access)=\(request.path) to allow it")
    }

    func beyondCeiling(_ request: FileRequest) -> SandboxDenial {
        request.denial(SandboxDenial.beyondCeiling("--allow-\(request.access.rawValue) for where it is"))
    }

    func leadsOut(_ request: FileRequest) -> SandboxDenial {
        request.denial(
            "a link in the path leads out of what --allow-\(request.access.rawValue) grants; grant the place it leads to "
                + "as well")
    }

    func denial(_ request: FileRequest, _ barrier: FileBarrier.Sight) -> SandboxDenial {
        switch barrier.reason {
        case .withheld:
            request.denial("it belongs to c8run itself (state, configuration or keys), which no grant opens")
        case .flag(let flag): request.denial("\(flag)=\(barrier.path) forbids it")
        }
    }

    func holdsBarrier(_ request: FileRequest, _ barrier: FileBarrier.Sight) -> SandboxDenial {
        switch barrier.reason {
        case .withheld: request.denial("it holds what belongs to c8run itself, which stays where it is")
        case .flag(let flag): request.denial("it holds \(barrier.path), which \(flag) forbids")
        }
    }

    func kernelDenial(_ request: FileRequest) -> SandboxDenial {
        request.denial("it is a face of the kernel (/proc, /sys and their like), which no grant opens")
    }

    func special(_ request: FileRequest) -> SandboxDenial {
        request.denial("it is a FIFO, a socket or a device, which no grant opens")
    }

    /// Told by the text alone, before anything there is looked at.
    func refuseKernelPaths(_ path: AbsolutePath, _ request: FileRequest) throws(SandboxDenial) {
        guard let first = path.parts.first else { return }
        if first.elementsEqual("proc".utf8) || first.elementsEqual("sys".utf8) {
            // Without any grant, the usual answer is the helpful one.
            throw anchor(covering: path, for: request.access) == nil ? ungranted(request) : kernelDenial(request)
        }
    }
}
