import MaturityModel
print(builtInModelYAML.count)
