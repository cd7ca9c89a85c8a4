package let builtInModelYAML: [UInt8] = PackageResources.mlops_maturity_yaml
