internal import Penstock
internal import PenstockCore

extension EngineOptions {
    /// How a model is to be opened under these options and those of its contract.
    func configuration(contract: ContractOptions) throws(PenstockError) -> Session.Configuration {
        var configuration = Session.Configuration()
        configuration.engine = engine
        configuration.tensors = tensors
        configuration.device = device
        configuration.precision = precision
        configuration.cache = cache
        configuration.contract = try contract.flags()
        return configuration
    }
}
